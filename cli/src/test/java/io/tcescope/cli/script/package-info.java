/** Tests of rules and scripts with the language that commands give them. */
@NullMarked
package io.tcescope.cli.script;

import org.jspecify.annotations.NullMarked;
