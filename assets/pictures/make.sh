#!/bin/sh
# Makes the pictures and the recording of the README anew: assets/pictures/*.svg and tour.cast.
set -eu
cd "$(dirname "$0")/../.."
swift build --product TourRecorder
swift build --product souk
.build/debug/TourRecorder .build/debug/souk README.md assets/pictures
