# scruple_library(NAME SOURCES a.cpp … [PUBLIC libraries…] [PRIVATE libraries…])
# One static library a layer, known as scruple::NAME. Headers are included as "NAME/header.h" inside the project and
# as "scruple/header.h" where they are public.
function(scruple_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;PUBLIC;PRIVATE")
  add_library(scruple_${name} STATIC ${arg_SOURCES})
  add_library(scruple::${name} ALIAS scruple_${name})
  set_target_properties(scruple_${name} PROPERTIES EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON)
  target_compile_features(scruple_${name} PUBLIC cxx_std_20)
  target_include_directories(scruple_${name}
    PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
           $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src>)
  target_link_libraries(scruple_${name} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE} $<BUILD_INTERFACE:scruple_warnings>)
endfunction()
