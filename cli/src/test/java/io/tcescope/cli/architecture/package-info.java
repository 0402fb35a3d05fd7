/** The shape of the whole project, as tests: only this module sees all others. */
@NullMarked
package io.tcescope.cli.architecture;

import org.jspecify.annotations.NullMarked;
