/** The one loop over a recording, what may watch it, and travel to any moment of it. */
@NullMarked
package io.tcescope.engine.replay;

import org.jspecify.annotations.NullMarked;
