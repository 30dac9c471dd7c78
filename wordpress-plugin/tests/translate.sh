#!/usr/bin/env bash
# Makes gip4all.pot from the code, and gip4all-LOCALE.mo from each gip4all-LOCALE.po. Needs gettext.
set -euo pipefail
cd "$(dirname "$0")/.."

find . -name '*.php' -not -path './tests/*' | LC_ALL=C sort | xgettext --no-wrap --no-location --from-code=UTF-8 --language=PHP --files-from=- \
  --keyword=__ --keyword=esc_html__ --keyword=esc_attr__ --keyword=esc_html_e --keyword=esc_attr_e --keyword=_e \
  --keyword=_n:1,2 --keyword=_x:1,2c --add-comments=translators --package-name=gip4all --output=languages/gip4all.pot
# No time in it: the same code makes the same file.
sed -i -e '/^"\(POT-Creation-Date\|Report-Msgid\)/d' \
  -e 's/charset=CHARSET/charset=UTF-8/' -e '1,4c # Texts of gip4all, made by tests/translate.sh.' languages/gip4all.pot

for po in languages/gip4all-*.po; do
  msgmerge --no-wrap --quiet --update --backup=none --no-fuzzy-matching "$po" languages/gip4all.pot
  msgfmt --check --output-file="${po%.po}.mo" "$po"
  untranslated=$(msgattrib --untranslated --no-obsolete "$po" | grep -c '^msgid' || true)
  [ "$untranslated" = 0 ] || echo "$po: $untranslated texts are not translated"
done
