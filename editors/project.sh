# For the tests of editors: a project with the fixture's archive learned, as working folder. FACTLINT names the binary;
# without it the release build of this checkout. `$1` is the editor, `$2` its packages in Debian, `$3` what is wanted.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
FACTLINT=$(realpath "${FACTLINT:-$here/../../target/release/factlint}")
export FACTLINT

if [[ ! -x $FACTLINT ]]; then
  echo "no binary at $FACTLINT: run 'cargo build --release', or name one with FACTLINT" >&2
  exit 2
fi
if ! command -v "$1" >/dev/null; then
  if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
    echo "no $1: install $3" >&2
    exit 2
  fi
  # shellcheck disable=SC2086
  apt-get update -qq && apt-get install -y -qq --no-install-recommends $2 >/dev/null
fi

project=$(mktemp -d)
trap 'rm -rf "$project"' EXIT
mkdir "$project/archive"
cp "$here"/../fixture/archive/* "$project/archive/"
cp "$here"/../fixture/draft.md "$here"/../fixture/factlint.toml "$project/"
cd "$project"
"$FACTLINT" learn archive >/dev/null
