;;; factlint.el --- Check drafts against what is known, by eglot -*- lexical-binding: t; -*-

;; Starts `factlint lsp' for drafts.  In: the variables below.  Out: Flymake findings, eldoc and fixes by eglot.

;;; Code:

(require 'eglot)

(defvar factlint-program "factlint" "The binary of factlint.")

;; eglot looks modes up in order and takes parents too, so markup comes before plain text.
(dolist (mode '(markdown-mode mhtml-mode rst-mode adoc-mode))
  (add-to-list 'eglot-server-programs `(,mode . ,(lambda (&rest _) (list factlint-program "lsp")))))
(add-to-list 'eglot-server-programs
             `((text-mode :language-id "plaintext") . ,(lambda (&rest _) (list factlint-program "lsp"))) t)

(provide 'factlint)
;;; factlint.el ends here
