# `cpack` in a build folder makes a Debian package of the program: what `cmake --install --component program` installs.
# scripts/integrations/debian checks it with lintian, installs it and runs what is in it.
set(CPACK_GENERATOR DEB)
set(CPACK_INSTALL_CMAKE_PROJECTS "${PROJECT_BINARY_DIR};${PROJECT_NAME};program;/")
set(CPACK_PACKAGE_NAME scruple)
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_PACKAGE_CONTACT "The scruple authors <scruple@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "linter for the ethics of AI marketing campaigns")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"A team keeps a manifest beside its campaign: which AI systems it uses
and for what, whom it reaches with which data, who approved what. This
program reads the manifest, opens the files that it names, and says what
is wrong, exactly where, why, on which law or practice that rests, and
what to do about it.
.
It writes text, HTML, and the formats of CI servers, code hosts and
editors.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
