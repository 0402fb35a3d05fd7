/**
 * Lines of text in a format that the user describes: for each kind of line a pattern that says
 * where the fields of a call stand. A line means what the same row of the neutral CSV means.
 */
@NullMarked
package io.tcescope.traces.custom;

import org.jspecify.annotations.NullMarked;
