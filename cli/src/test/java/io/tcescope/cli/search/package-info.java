@NullMarked
package io.tcescope.cli.search;

import org.jspecify.annotations.NullMarked;
