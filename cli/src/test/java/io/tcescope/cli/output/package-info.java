/** Tests of what people and programs are told. */
@org.jspecify.annotations.NullMarked
package io.tcescope.cli.output;
