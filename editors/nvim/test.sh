#!/usr/bin/env bash
# Drives Neovim against the language server.
source "$(dirname "$0")/../project.sh" nvim neovim "Neovim 0.7 or newer"
export XDG_CONFIG_HOME=$project/.config XDG_STATE_HOME=$project/.state XDG_DATA_HOME=$project/.data
mkdir -p lua && cp "$here/factlint.lua" lua/
timeout 120 nvim --headless -u NONE -i NONE --cmd "set runtimepath^=$project" -c "luafile $here/test.lua"
