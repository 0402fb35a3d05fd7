/** Findings that are known from an earlier check, so that only new ones count. */
@NullMarked
package io.tcescope.cli.baseline;

import org.jspecify.annotations.NullMarked;
