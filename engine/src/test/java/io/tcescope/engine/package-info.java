/** What tests of several packages share. */
@NullMarked
package io.tcescope.engine;

import org.jspecify.annotations.NullMarked;
