/** The whole tool on real recordings. */
@NullMarked
package io.tcescope.cli.corpus;

import org.jspecify.annotations.NullMarked;
