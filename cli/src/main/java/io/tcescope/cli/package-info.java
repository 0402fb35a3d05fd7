/**
 * The command line: each command composes readers, engine and output, and decides nothing about the
 * domain.
 */
@NullMarked
package io.tcescope.cli;

import org.jspecify.annotations.NullMarked;
