/** Runs this program once more, as a child process that is kept from the machine. */
@NullMarked
package io.tcescope.cli.untrusted;

import org.jspecify.annotations.NullMarked;
