/** The commands that index recordings and ask them questions. */
@NullMarked
package io.tcescope.cli.search;

import org.jspecify.annotations.NullMarked;
