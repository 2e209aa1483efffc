#!/usr/bin/env bash
# Installs the package as people do (needs root), uses what it installed, and takes it off again: data must stay.
set -euo pipefail
package=$(readlink -f "$1")
home=$(mktemp -d)
trap 'rm -rf "$home"; apt-get remove -y -qq plant-carbon-audit >/dev/null 2>&1 || true' EXIT
export HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_STATE_HOME=$home/state
unset DISPLAY WAYLAND_DISPLAY QT_QPA_PLATFORM PYTHONPATH VIRTUAL_ENV

install=(apt-get install -y -qq --no-install-recommends "$package")
"${install[@]}" >/dev/null || { apt-get update -qq && "${install[@]}" >/dev/null; }
desktop-file-validate /usr/share/applications/plant-carbon-audit.desktop
appstreamcli validate --no-net --explain /usr/share/metainfo/plant-carbon-audit.metainfo.xml
plant-audit about

# Without a display the window's program does its work in the terminal: demo, signed report, verification, head office.
plant-carbon-audit --demo >"$home/told"
plant-audit verify "$home"/data/plant-carbon-audit/demo/krosno-2024.pdf \
    --trust "$home/data/plant-carbon-audit/demo/head-office.pem"
# On a display, every page is drawn.
xvfb-run -a -s "-screen 0 1400x900x24" plant-carbon-audit --self-test "$home/data/plant-carbon-audit/demo"
[[ $(find "$home/data" -name 'plant-*.png' | wc -l) -gt 20 ]]

apt-get remove -y -qq plant-carbon-audit >/dev/null
[[ ! -e /usr/lib/plant-carbon-audit && ! -e /usr/bin/plant-audit ]]
[[ -f $home/data/plant-carbon-audit/demo/krosno.plant ]]
echo "The package installs, works and leaves no trace but data."
