# Warnings are an interface target that each of our targets links PRIVATE: they never reach a user of the library.
add_library(scruple_warnings INTERFACE)
target_compile_options(scruple_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)

# GCC 13 takes every reference returned by a function that was given a temporary for a dangling one; 14 looks closer.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13
   AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 14)
  target_compile_options(scruple_warnings INTERFACE -Wno-dangling-reference)
endif()

# A unity build compiles several sources as one, which halves the time of a build from nothing. There, what a source
# keeps to itself seems to come from a header.
if(CMAKE_UNITY_BUILD)
  target_compile_options(scruple_warnings INTERFACE -Wno-subobject-linkage)
endif()

if(SCRUPLE_WARNINGS_AS_ERRORS)
  target_compile_options(scruple_warnings INTERFACE -Werror)
endif()
