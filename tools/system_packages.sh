#!/bin/sh
# Installs the browsers, Tesseract and, for the Spark tests, Java from Debian's packages where they are missing.
# Without the right to do so the tests that need them fail and say so; `make quick` runs the others.
set -u
want=""
command -v chromium >/dev/null 2>&1 || want="$want chromium"
command -v firefox-esr >/dev/null 2>&1 || command -v firefox >/dev/null 2>&1 || want="$want firefox-esr"
command -v java >/dev/null 2>&1 || want="$want openjdk-17-jre-headless"
command -v tesseract >/dev/null 2>&1 || want="$want tesseract-ocr"
[ -z "$want" ] && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "please install:$want (there is no apt-get here); the tests that need them will fail" >&2
    exit 0
fi
run=""
[ "$(id -u)" = 0 ] || run="sudo -n"
$run apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive $run apt-get install -y -q --no-install-recommends $want >/dev/null ||
    echo "could not install:$want; the tests that need them will fail" >&2
