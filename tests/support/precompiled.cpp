// Compiled for the precompiled header that the test programs share: main.cpp has to go without it.
