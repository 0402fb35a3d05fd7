package io.tcescope.cli.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** The arrows between modules and packages, and a few habits that a machine can check. */
@AnalyzeClasses(packages = "io.tcescope", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule spokes_know_the_hub_and_never_each_other =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("engine")
          .definedBy("io.tcescope.engine..")
          .layer("traces")
          .definedBy("io.tcescope.traces..")
          .layer("queries")
          .definedBy("io.tcescope.queries..")
          .layer("scripting")
          .definedBy("io.tcescope.scripting..")
          .layer("cli")
          .definedBy("io.tcescope.cli..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("traces")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("queries")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("scripting")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("engine")
          .mayOnlyBeAccessedByLayers("traces", "queries", "scripting", "cli");

  @ArchTest
  static final ArchRule traces_know_only_the_vocabulary_of_the_engine =
      noClasses()
          .that()
          .resideInAPackage("io.tcescope.traces..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.tcescope.engine.state..",
              "io.tcescope.engine.replay..",
              "io.tcescope.engine.check..");

  @ArchTest
  static final ArchRule inside_the_engine_checks_know_replay_knows_state_knows_events =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("event")
          .definedBy("io.tcescope.engine.event..")
          .layer("state")
          .definedBy("io.tcescope.engine.state..")
          .layer("replay")
          .definedBy("io.tcescope.engine.replay..")
          .layer("check")
          .definedBy("io.tcescope.engine.check..")
          .whereLayer("check")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("replay")
          .mayOnlyBeAccessedByLayers("check")
          .whereLayer("state")
          .mayOnlyBeAccessedByLayers("replay", "check")
          .whereLayer("event")
          .mayOnlyBeAccessedByLayers("state", "replay", "check");

  @ArchTest
  static final ArchRule the_engine_needs_nothing_but_the_jdk =
      classes()
          .that()
          .resideInAPackage("io.tcescope.engine..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.tcescope.engine..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule readers_of_file_formats_live_in_traces =
      onlyIn("traces", "org.apache.commons.csv..", "com.github.luben..", "org.tukaani..");

  @ArchTest
  static final ArchRule lucene_lives_in_queries = onlyIn("queries", "org.apache.lucene..");

  @ArchTest static final ArchRule diffs_live_in_queries = onlyIn("queries", "com.github.difflib..");

  @ArchTest static final ArchRule graal_lives_in_scripting = onlyIn("scripting", "org.graalvm..");

  @ArchTest
  static final ArchRule the_command_line_lives_in_cli =
      onlyIn(
          "cli", "picocli..", "org.jline..", "org.apache.commons.io..", "com.sun.net.httpserver..");

  @ArchTest
  static final ArchRule json_is_written_by_cli_and_read_from_journals =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.tcescope.cli..", "io.tcescope.traces.dmesg..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule only_the_command_line_writes_to_the_standard_streams =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.tcescope.cli..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule every_package_is_null_marked =
      classes().should(resideInNullMarkedPackages());

  @ArchTest
  static final ArchRule names_say_what_a_class_is =
      noClasses().should().haveNameMatching(".*(Manager|Utils?|Helper|Impl)(\\$.*)?");

  @ArchTest
  static final ArchRule concrete_classes_are_final =
      classes()
          .that(areOrdinary())
          .should()
          .haveModifier(JavaModifier.FINAL)
          .because("none of them is made to be extended");

  @ArchTest static final ArchRule packages_of_the_engine_have_no_cycles = withoutCycles("engine");

  @ArchTest static final ArchRule packages_of_traces_have_no_cycles = withoutCycles("traces");

  @ArchTest static final ArchRule packages_of_queries_have_no_cycles = withoutCycles("queries");

  @ArchTest static final ArchRule packages_of_scripting_have_no_cycles = withoutCycles("scripting");

  @ArchTest static final ArchRule packages_of_cli_have_no_cycles = withoutCycles("cli");

  private static ArchRule onlyIn(String module, String... thirdParties) {
    return noClasses()
        .that()
        .resideOutsideOfPackage("io.tcescope." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(thirdParties);
  }

  private static ArchRule withoutCycles(String module) {
    return slices()
        .matching("io.tcescope." + module + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaClass> areOrdinary() {
    return DescribedPredicate.describe(
        "are neither abstract nor sealed nor anonymous",
        type ->
            !type.isInterface()
                && !type.isEnum()
                && !type.isAnonymousClass()
                && !type.getModifiers().contains(JavaModifier.ABSTRACT)
                && !type.reflect().isSealed()
                && !type.getSimpleName().equals("package-info")
                && !type.getEnclosingClass().map(JavaClass::isEnum).orElse(false));
  }

  private static ArchCondition<JavaClass> resideInNullMarkedPackages() {
    return new ArchCondition<>("reside in a package marked @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        String where = type.getPackageName();
        events.add(new SimpleConditionEvent(type, marked, where + " has no @NullMarked"));
      }
    };
  }
}
