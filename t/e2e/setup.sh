#!/bin/sh
# setup.sh - installs the clients that the end-to-end tests drive: from the lock file and
# the pinned requirements, beside the tests. Quick when all is there; a failure is one.
set -eu
cd "$(dirname "$0")"

# What is installed follows from these files, so their sum is the stamp.
sum=$(cat setup.sh package-lock.json requirements.txt | sha256sum | cut -d' ' -f1)
stamp=node_modules/.fermata-stamp
if [ -x venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$sum" ]; then
    exit 0
fi

for tool in node npm python3; do
    command -v "$tool" >/dev/null || { echo "setup.sh: $tool is missing" >&2; exit 1; }
done
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
chmod +x node_modules/zbctl/bin/zbctl-cli.linux
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
echo "$sum" >"$stamp"
