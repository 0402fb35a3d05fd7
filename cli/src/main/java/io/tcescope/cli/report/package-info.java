/** One run as a page of HTML that stands by itself: no script, no other file, no network. */
@NullMarked
package io.tcescope.cli.report;

import org.jspecify.annotations.NullMarked;
