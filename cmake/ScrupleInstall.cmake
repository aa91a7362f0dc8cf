# What `cmake --install` installs: the program with its manual page and completions, and for those who embed scruple its libraries, public headers and a
# package for find_package(scruple). The library behind the program's options stays out of it.
include(CMakePackageConfigHelpers)

set(installed_libraries ${SCRUPLE_LIBRARIES})
list(REMOVE_ITEM installed_libraries cli)
foreach(library IN LISTS installed_libraries)
  if(TARGET scruple_${library})
    install(TARGETS scruple_${library} EXPORT scruple
      ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
  endif()
endforeach()
if(TARGET scruple)
  install(TARGETS scruple RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
  # Where Debian's shells look; src/cli/CMakeLists.txt has them written.
  set(documents "${PROJECT_BINARY_DIR}/documents")
  install(FILES "${documents}/scruple.1.gz" DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
  install(FILES "${documents}/scruple.bash" DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
    RENAME scruple COMPONENT program)
  install(FILES "${documents}/_scruple" DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions COMPONENT program)
  install(FILES "${documents}/scruple.fish" DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
    COMPONENT program)
  install(FILES "${documents}/changelog.gz" "${PROJECT_SOURCE_DIR}/cmake/debian/copyright"
    DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
endif()
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/scruple" DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  COMPONENT development FILES_MATCHING PATTERN "*.h")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT development)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/scruple")
install(EXPORT scruple NAMESPACE scruple:: FILE scrupleTargets.cmake DESTINATION ${package_dir} COMPONENT development)
configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/cmake/scrupleConfig.cmake.in" "${PROJECT_BINARY_DIR}/package/scrupleConfig.cmake"
  INSTALL_DESTINATION ${package_dir} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/package/scrupleConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/package/scrupleConfig.cmake"
              "${PROJECT_BINARY_DIR}/package/scrupleConfigVersion.cmake"
  DESTINATION ${package_dir} COMPONENT development)
