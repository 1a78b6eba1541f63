#!/bin/sh
# Makes the disk image of a built application; signs and has it notarised where told with what.
#
#   notarise.sh Onglass.app Onglass.dmg
#
#   ONGLASS_SIGN_IDENTITY     a "Developer ID Application" in the keychain; without it nothing is signed
#   ONGLASS_NOTARY_PROFILE    kept by `xcrun notarytool store-credentials`; without it nothing is sent
#
# Not tried yet: see docs/install.md.
set -eu

app=$1
image=$2
here=$(cd "$(dirname "$0")" && pwd)
identity=${ONGLASS_SIGN_IDENTITY:-}
profile=${ONGLASS_NOTARY_PROFILE:-}

if [ -n "$profile" ] && [ -z "$identity" ]; then
    echo "Only what is signed can be notarised: set ONGLASS_SIGN_IDENTITY too." >&2
    exit 1
fi

if [ -n "$identity" ]; then
    # From the inside out: a signature seals all that lies below it.
    find "$app" -type f \( -name '*.dylib' -o -name '*.so' \) -exec \
        codesign --force --timestamp --options runtime --sign "$identity" {} +
    codesign --force --timestamp --options runtime \
        --entitlements "$here/entitlements.plist" --sign "$identity" "$app"
    codesign --verify --deep --strict "$app"
fi

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
rm -f "$image"
hdiutil create -volname Onglass -srcfolder "$stage" -fs HFS+ -format ULFO "$image"

if [ -n "$identity" ]; then
    codesign --force --timestamp --sign "$identity" "$image"
fi
if [ -n "$profile" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$profile" --wait
    xcrun stapler staple "$image"
    spctl --assess --type open --context context:primary-signature --verbose "$image"
fi
