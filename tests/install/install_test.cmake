# Run by ctest; tests/install/CMakeLists.txt hands in the variables.
set(prefix "${WORK_DIR}/prefix")
set(consumer "${WORK_DIR}/consumer")

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nended with ${result}:\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE "${WORK_DIR}")
run(${CMAKE_COMMAND} --install "${BUILD_DIR}" --prefix "${prefix}")
run(${CMAKE_COMMAND} -S "${SOURCE_DIR}" -B "${consumer}" -G "${GENERATOR}"
  "-DCMAKE_PREFIX_PATH=${prefix}" "-DCMAKE_CXX_COMPILER=${CXX_COMPILER}" "-DCMAKE_CXX_FLAGS=${CXX_FLAGS}"
  "-DSCRUPLE_VERSION=${VERSION}")
run(${CMAKE_COMMAND} --build "${consumer}")
run(${CMAKE_COMMAND} -E chdir "${consumer}" "${consumer}/consumer")
if(NOT output MATCHES "manifest/unknown-id")
  message(FATAL_ERROR "the consumer printed: ${output}")
endif()

run("${prefix}/bin/scruple" --version)
if(NOT output MATCHES "${VERSION}")
  message(FATAL_ERROR "scruple --version does not tell ${VERSION}: ${output}")
endif()

foreach(file IN ITEMS share/man/man1/scruple.1.gz share/bash-completion/completions/scruple
    share/zsh/vendor-completions/_scruple share/fish/vendor_completions.d/scruple.fish)
  if(NOT EXISTS "${prefix}/${file}")
    message(FATAL_ERROR "${file} is not installed")
  endif()
endforeach()
