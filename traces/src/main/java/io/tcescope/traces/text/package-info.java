/** Reading numbers and fixed words from the bytes of a text, eight at a time. */
@NullMarked
package io.tcescope.traces.text;

import org.jspecify.annotations.NullMarked;
