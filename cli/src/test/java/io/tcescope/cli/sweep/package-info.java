/** Tests of reading all that a command line names. */
@org.jspecify.annotations.NullMarked
package io.tcescope.cli.sweep;
