/** Tests of several files that are one recording. */
@NullMarked
package io.tcescope.traces.parts;

import org.jspecify.annotations.NullMarked;
