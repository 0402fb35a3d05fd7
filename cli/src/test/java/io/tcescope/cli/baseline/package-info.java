@NullMarked
package io.tcescope.cli.baseline;

import org.jspecify.annotations.NullMarked;
