@NullMarked
package io.tcescope.engine.state;

import org.jspecify.annotations.NullMarked;
