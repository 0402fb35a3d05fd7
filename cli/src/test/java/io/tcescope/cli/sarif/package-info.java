@NullMarked
package io.tcescope.cli.sarif;

import org.jspecify.annotations.NullMarked;
