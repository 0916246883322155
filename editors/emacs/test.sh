#!/usr/bin/env bash
# Drives Emacs against the language server.
source "$(dirname "$0")/../project.sh" emacs "emacs-nox elpa-eglot" "Emacs with eglot"
export HOME=$project
timeout 120 emacs --batch -L "$here" -l "$here/test.el"
