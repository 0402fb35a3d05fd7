@NullMarked
package io.tcescope.queries.story;

import org.jspecify.annotations.NullMarked;
