# All packages are Debian 12's; scripts/setup installs them. Each is linked by the one library that names it.
# What the installed libraries need of these is found again in scrupleConfig.cmake.in.
include(GNUInstallDirs)

if(SCRUPLE_STATIC)
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
endif()
# Of libcrypto one algorithm is used. To load all of it would take a fifth of a start.
set(OPENSSL_USE_STATIC_LIBS ON)

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL COMPONENTS Crypto)
if(NOT OpenSSL_FOUND AND NOT SCRUPLE_STATIC)
  set(OPENSSL_USE_STATIC_LIBS OFF)
  find_package(OpenSSL COMPONENTS Crypto)
endif()
if(NOT OpenSSL_FOUND)
  message(FATAL_ERROR "libcrypto of OpenSSL is needed (libssl-dev)")
endif()
find_package(yaml-cpp REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(spdlog REQUIRED)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(gumbo REQUIRED IMPORTED_TARGET gumbo)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(pugixml REQUIRED IMPORTED_TARGET pugixml)
pkg_check_modules(zlib REQUIRED IMPORTED_TARGET zlib)

# yaml-cpp has a namespace only since 0.8.
if(NOT TARGET yaml-cpp::yaml-cpp)
  add_library(yaml-cpp::yaml-cpp ALIAS yaml-cpp)
endif()

# The program logs little and starts often: spdlog and fmt are used header-only, since each shared library costs more at
# every start than both cost to compile once.
set_target_properties(spdlog::spdlog_header_only PROPERTIES
  INTERFACE_LINK_LIBRARIES "Threads::Threads;fmt::fmt-header-only")

# The package of yaml-cpp names its shared library even where the archive is installed beside it.
if(SCRUPLE_STATIC)
  find_library(SCRUPLE_YAML_CPP_ARCHIVE yaml-cpp REQUIRED)
  get_target_property(yaml_cpp yaml-cpp::yaml-cpp ALIASED_TARGET)
  if(NOT yaml_cpp)
    set(yaml_cpp yaml-cpp::yaml-cpp)
  endif()
  get_target_property(configurations ${yaml_cpp} IMPORTED_CONFIGURATIONS)
  foreach(configuration IN LISTS configurations)
    set_target_properties(${yaml_cpp} PROPERTIES IMPORTED_LOCATION_${configuration} "${SCRUPLE_YAML_CPP_ARCHIVE}")
  endforeach()
endif()
