@NullMarked
package io.tcescope.engine.replay;

import org.jspecify.annotations.NullMarked;
