#!/bin/sh
# Completes Alertmanager's configuration with the receiver of last resort:
#
#   LAST_RESORT_WEBHOOK=https://pager.example.net/hook write-config.sh alertmanager.yml > complete.yml
#
# It is told, beside the service `alerts`, what keeps that one from telling anybody. Either or both of:
#
#   LAST_RESORT_WEBHOOK   address that Alertmanager posts to (its own JSON)
#   LAST_RESORT_EMAIL     mailbox, with LAST_RESORT_SMTP (host:port), LAST_RESORT_SENDER, and where the server wants a
#                         sign-in LAST_RESORT_USERNAME and LAST_RESORT_PASSWORD
#
# Each may come from the file that <NAME>_FILE names. Without any, nobody is told beside `alerts`.
set -eu

fail() {
  echo "write-config: $1" >&2
  exit 1
}

# The value of a variable, as a text of YAML; empty where there is none.
quoted() {
  eval "value=\${$1:-} file=\${${1}_FILE:-}"
  if [ -z "$value" ] && [ -n "$file" ]; then
    value=$(cat "$file") || fail "$1_FILE cannot be read"
  fi
  if [ -n "$value" ]; then printf "'%s'" "$(printf %s "$value" | sed "s/'/''/g")"; fi
}

required() {
  value=$(quoted "$1")
  [ -n "$value" ] || fail "$1 is missing: LAST_RESORT_EMAIL needs it"
  printf %s "$value"
}

webhook=$(quoted LAST_RESORT_WEBHOOK)
email=$(quoted LAST_RESORT_EMAIL)
receiver=
if [ -n "$webhook" ]; then
  receiver="
    webhook_configs:
      - url: $webhook"
fi
if [ -n "$email" ]; then
  smarthost=$(required LAST_RESORT_SMTP)
  sender=$(required LAST_RESORT_SENDER)
  receiver="$receiver
    email_configs:
      - to: $email
        from: $sender
        smarthost: $smarthost
        send_resolved: true"
  username=$(quoted LAST_RESORT_USERNAME)
  if [ -n "$username" ]; then
    password=$(required LAST_RESORT_PASSWORD)
    receiver="$receiver
        auth_username: $username
        auth_password: $password"
  fi
fi

# The receiver is the last one in the file.
cat "$1"
printf '%s\n' "${receiver#?}"
