@NullMarked
package io.tcescope.queries.timeline;

import org.jspecify.annotations.NullMarked;
