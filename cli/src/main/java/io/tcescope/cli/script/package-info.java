/** Commands that run scripts and rules; only they start the JavaScript engine. */
@NullMarked
package io.tcescope.cli.script;

import org.jspecify.annotations.NullMarked;
