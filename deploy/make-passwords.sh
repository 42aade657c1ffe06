#!/bin/sh
# Makes a password for every user of NATS and Redis, as lines for an environment file:
#
#   make-passwords.sh > passwords.env
#
# They begin with a letter, because NATS reads what begins with a digit as a number.
set -eu
cd "$(dirname "$0")"
grep -ohE '(NATS|REDIS)_PASSWORD_[A-Z0-9_]+' nats/permissions.conf redis/*.acl | sort -u | while read -r variable; do
  echo "$variable=p$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')"
done
