#!/usr/bin/env bash
# Drives Neovim against the language server. FACTLINT names the binary; without it the release build of this checkout.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export FACTLINT=${FACTLINT:-$here/../../target/release/factlint}
FACTLINT=$(realpath "$FACTLINT")

if [[ ! -x $FACTLINT ]]; then
  echo "no binary at $FACTLINT: run 'cargo build --release', or name one with FACTLINT" >&2
  exit 2
fi
if ! command -v nvim >/dev/null; then
  if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
    echo "no nvim: install Neovim 0.7 or newer" >&2
    exit 2
  fi
  apt-get update -qq && apt-get install -y -qq --no-install-recommends neovim >/dev/null
fi

project=$(mktemp -d)
trap 'rm -rf "$project"' EXIT
export XDG_CONFIG_HOME=$project/.config XDG_STATE_HOME=$project/.state XDG_DATA_HOME=$project/.data
mkdir "$project/archive"
cp "$here"/../fixture/archive/* "$project/archive/"
cp "$here"/../fixture/draft.md "$here"/../fixture/factlint.toml "$project/"
cd "$project"
"$FACTLINT" learn archive >/dev/null
mkdir -p lua && cp "$here/factlint.lua" lua/
timeout 120 nvim --headless -u NONE -i NONE --cmd "set runtimepath^=$project" -c "luafile $here/test.lua"
