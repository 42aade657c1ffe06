#!/bin/sh
# Makes Redis' ACL file of a generated one:
#
#   ENVIRONMENT_NAME=production REDIS_PASSWORD_NOTIFIER_FILE=/run/secrets/… … write-acl.sh main.acl > users.acl
#
# Each user's password comes from REDIS_PASSWORD_<USER>, or from the file that REDIS_PASSWORD_<USER>_FILE names. Only
# its SHA-256 is written. Nothing is written to standard output unless everything is there.
set -eu

fail() {
  echo "write-acl: $1" >&2
  exit 1
}

case ${ENVIRONMENT_NAME:-} in
  '') fail "ENVIRONMENT_NAME is missing" ;;
  *[!A-Za-z0-9_.-]*) fail "ENVIRONMENT_NAME may hold letters, digits and _ . - only" ;;
esac

password_of() {
  eval "password=\${$1:-} file=\${${1}_FILE:-}"
  if [ -z "$password" ] && [ -n "$file" ]; then
    password=$(cat "$file") || fail "$1_FILE cannot be read"
  fi
  [ -n "$password" ] || fail "$1 is missing"
}

users=
while IFS= read -r line; do
  case $line in
    '' | '#'*) continue ;;
    *'#'*)
      variable=${line#*#}
      variable=${variable%% *}
      password_of "$variable"
      hash=$(printf %s "$password" | sha256sum)
      line="${line%%#*}#${hash%% *} ${line#*#"$variable" }"
      ;;
  esac
  users="$users$line
"
done < "$1"
printf %s "$users" | sed "s/%ENVIRONMENT%/$ENVIRONMENT_NAME/g"
