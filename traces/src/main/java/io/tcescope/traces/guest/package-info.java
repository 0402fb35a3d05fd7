/** What the recordings of a guest kernel share, whatever file they are in. */
@NullMarked
package io.tcescope.traces.guest;

import org.jspecify.annotations.NullMarked;
