/** Tests of the child process for scripts that nobody vouches for. */
@NullMarked
package io.tcescope.cli.untrusted;

import org.jspecify.annotations.NullMarked;
