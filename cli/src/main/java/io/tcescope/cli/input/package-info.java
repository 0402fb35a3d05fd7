/**
 * What the command line says about input: which recordings, what they do not say themselves, and
 * which moment is meant.
 */
@NullMarked
package io.tcescope.cli.input;

import org.jspecify.annotations.NullMarked;
