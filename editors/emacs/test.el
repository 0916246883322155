;;; test.el --- Drives Emacs against the language server -*- lexical-binding: t; -*-

;; Opens the fixture's draft, waits for its findings, jumps to the evidence and applies a fix.

;;; Code:

(require 'cl-lib)
(require 'flymake)
(require 'xref)
(require 'factlint)

(defun factlint-test--wait (what condition)
  "Waits until CONDITION holds, or fails and says WHAT was not seen."
  (let ((end (+ (float-time) 30)))
    (while (not (funcall condition))
      (when (> (float-time) end) (error "Not seen: %s" what))
      (accept-process-output nil 0.05)))
  (message "seen: %s" what))

(defun factlint-test--findings ()
  "The texts of the findings in the buffer."
  (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun factlint-test--found (text)
  "Whether a finding says TEXT."
  (cl-some (lambda (finding) (string-match-p (regexp-quote text) finding)) (factlint-test--findings)))

(setq factlint-program (getenv "FACTLINT"))
(find-file "draft.md")
(text-mode)
(apply #'eglot--connect (eglot--guess-contact))
(factlint-test--wait "the findings" (lambda () (flymake-start) (= 2 (length (factlint-test--findings)))))
(cl-assert (factlint-test--found "Alexander Stubb is President of Finland, not Prime Minister"))

(goto-char (point-min))
(search-forward "Prime Min")
(let* ((xref (car (xref-backend-definitions 'eglot "LSP identifier at point.")))
       (place (xref-location-group (xref-item-location xref))))
  (cl-assert (string-match-p "archive/2025-08-17-heath-echo.md" place) t)
  (message "seen: the evidence"))

(let ((fix (cl-find-if (lambda (action) (string-match-p "President" (plist-get action :title)))
                       (eglot-code-actions (point) (point) "quickfix"))))
  (eglot--apply-workspace-edit (plist-get fix :edit))
  ;; Without a person Emacs is never idle, which is when edits are sent.
  (eglot--signal-textDocument/didChange))
(goto-char (point-min))
(cl-assert (search-forward "Finnish President Alexander Stubb" nil t))
(factlint-test--wait "one finding fewer" (lambda () (flymake-start) (= 1 (length (factlint-test--findings)))))
(set-buffer-modified-p nil)
(eglot-shutdown (eglot-current-server))
;;; test.el ends here
