package io.tcescope.cli.script;

import io.tcescope.cli.input.Trouble;
import io.tcescope.cli.input.UsageException;
import io.tcescope.cli.output.Terminal;
import io.tcescope.cli.untrusted.Child;
import io.tcescope.engine.check.Need;
import io.tcescope.engine.check.Rule;
import io.tcescope.engine.event.Trace;
import io.tcescope.queries.language.QueryFilters;
import io.tcescope.queries.language.Spelling;
import io.tcescope.scripting.RuleMeta;
import io.tcescope.scripting.RulePack;
import io.tcescope.scripting.RuleTemplate;
import io.tcescope.scripting.RuleTests;
import io.tcescope.scripting.ScriptEngine;
import io.tcescope.scripting.ScriptException;
import io.tcescope.scripting.ScriptRules;
import io.tcescope.scripting.ScriptSettings;
import io.tcescope.traces.TraceOptions;
import io.tcescope.traces.Traces;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists, explains, tests and writes rules. */
@Command(
    name = "rules",
    description = "List, explain, test and write rules.",
    commandListHeading = "%nCommands (tcescope rules COMMAND --help tells more):%n",
    footer = {
      "",
      "Exit codes: 0 done, 1 a test failed, 2 wrong usage or a broken rule.",
      "",
      "Examples:",
      "  tcescope rules list --rules my-rules/",
      "  tcescope rules explain window-removed-in-use",
      "  tcescope rules new my-rule --dir my-rules",
      "  tcescope rules test my-rules/",
    })
public final class RulesCommand implements Runnable {
  private static final int BROKEN = 2;
  private static final int FAILED = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  RulesCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(out());
  }

  private PrintWriter out() {
    return Terminal.ofProcess(spec.commandLine().getOut(), spec.commandLine().getErr()).out();
  }

  @Command(
      name = "list",
      description = "All rules: built in, and of a file or folder.",
      footer = {
        "",
        "Exit codes: 0 done, 2 wrong usage or a broken rule.",
        "",
        "Examples:",
        "  tcescope rules list",
        "  tcescope rules list --rules my-rules/",
      })
  int list(
      @Option(
              names = "--rules",
              paramLabel = "FILE|DIR",
              description = "Also the rules in JavaScript of that file or folder.")
          @Nullable Path rules) {
    List<RuleMeta> own = rules == null ? List.of() : described(rules);
    for (Rule rule : Rule.values()) {
      line(rule.severity().label(), rule.id(), rule.summary());
    }
    own.forEach(meta -> line(meta.severity().label(), meta.id(), meta.summary()));
    return 0;
  }

  private void line(String severity, String id, String summary) {
    out().printf("%-9s %-46s %s%n", severity, id, summary);
  }

  @Command(
      name = "explain",
      description = "Why a rule matters, how to fix what it finds.",
      footer = {
        "",
        "Exit codes: 0 done, 2 no rule is called so.",
        "",
        "Examples:",
        "  tcescope rules explain window-removed-in-use",
        "  tcescope rules explain my-rule --rules my-rules/",
      })
  int explain(
      @Parameters(paramLabel = "ID", description = "What findings call the rule.") String id,
      @Option(
              names = "--rules",
              paramLabel = "FILE|DIR",
              description = "Look for it in that file or folder first.")
          @Nullable Path rules) {
    if (rules != null) {
      for (RuleMeta meta : described(rules)) {
        if (meta.id().equals(id)) {
          String needs = meta.requires().isEmpty() ? "nothing" : String.join(", ", meta.requires());
          text(id, meta.severity().label(), meta.summary(), meta.why(), meta.fix());
          out().println("  needs:   " + needs);
          return 0;
        }
      }
    }
    Optional<Rule> builtIn = Rule.of(id);
    Rule rule = builtIn.orElseThrow(() -> unknown(id));
    text(id, rule.severity().label(), rule.summary(), rule.why(), rule.fix());
    String needs = rule.needs().stream().map(Need::words).collect(Collectors.joining("; "));
    out().println("  needs:   " + (needs.isEmpty() ? "nothing" : needs));
    out().println("  example: " + rule.example());
    return 0;
  }

  private static UsageException unknown(String id) {
    List<String> ids = Stream.of(Rule.values()).map(Rule::id).toList();
    return new UsageException("no rule is called " + id + Spelling.suggestion(id, ids));
  }

  private void text(String id, String severity, String summary, String why, String fix) {
    out().println(id + " (" + severity + ")");
    out().println("  " + summary);
    out().println("  why:     " + why);
    out().println("  fix:     " + fix);
  }

  private static List<RuleMeta> described(Path rules) {
    List<RuleMeta> metas = new ArrayList<>();
    try (ScriptEngine engine = ScriptEngine.start()) {
      for (Path file : RulePack.rules(rules)) {
        metas.add(ScriptRules.describe(engine, file));
      }
    } catch (ScriptException e) {
      throw new UsageException(e.error().toString());
    } catch (IOException e) {
      throw new UsageException(Trouble.named(e));
    }
    return metas;
  }

  @Command(
      name = "test",
      description = "Play the tests of rules: those files, or all *.test.js of those folders.",
      footer = {
        "",
        "Exit codes: 0 all passed, 1 one failed, 2 wrong usage, a broken test, or no test at all.",
        "",
        "Examples:",
        "  tcescope rules test my-rules/",
        "  tcescope rules test my-rules/my-rule.test.js",
        "  tcescope rules test theirs/ --untrusted",
      })
  int test(
      @Parameters(paramLabel = "FILE|DIR", arity = "1..*") List<Path> paths,
      @Mixin Untrusted untrusted)
      throws IOException {
    List<Path> files = tests(paths);
    return untrusted.isWanted()
        ? untrusted.runCommand(
            files.stream().map(ConfinedRulebook::folder).toList(), Child.Budget.forRecording(0))
        : play(files);
  }

  /** A path without a test is a mistake: a build must not pass because it looks elsewhere. */
  private static List<Path> tests(List<Path> paths) {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      try {
        List<Path> found = RulePack.tests(path);
        if (found.isEmpty()) {
          throw new UsageException(path + ": holds no test (*.test.js)");
        }
        files.addAll(found);
      } catch (IOException e) {
        throw new UsageException(Trouble.named(e));
      }
    }
    return files;
  }

  private int play(List<Path> files) {
    int failed = 0;
    int played = 0;
    try (ScriptEngine engine = ScriptEngine.start()) {
      RuleTests tests =
          new RuleTests(engine, RulesCommand::recording, ScriptSettings.with(new QueryFilters()));
      for (Path file : files) {
        for (RuleTests.Result result : tests.run(file)) {
          played++;
          failed += result.passed() ? 0 : 1;
          show(result);
        }
      }
    } catch (ScriptException e) {
      out().flush();
      spec.commandLine().getErr().println("tcescope: " + e.error());
      return BROKEN;
    }
    if (played == 0) {
      throw new UsageException(files.getFirst() + ": runs no case (ruleTester.run)");
    }
    out().println(played + " cases, " + failed + " failed");
    return failed == 0 ? 0 : FAILED;
  }

  private void show(RuleTests.Result result) {
    out()
        .println(
            (result.passed() ? "ok    " : "FAIL  ")
                + result.rule()
                + ", "
                + result.expectation()
                + ": "
                + result.name());
    if (!result.passed()) {
      out().println(result.complaint());
    }
    for (String line : result.printed()) {
      out().flush();
      spec.commandLine().getErr().println(result.rule() + ", " + result.name() + ": " + line);
    }
  }

  private static Path written(String text) {
    try {
      Path file = Files.createTempFile("tcescope-case", ".log");
      file.toFile().deleteOnExit();
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // which says nothing of the case
    }
  }

  private static Trace recording(String text) throws IOException {
    return Traces.open(written(text), TraceOptions.NONE);
  }

  @Command(
      name = "new",
      description = "Write a rule, its test and an editor's configuration.",
      footer = {
        "",
        "Exit codes: 0 written, 2 wrong usage: no name for a rule, or there is one of that name.",
        "",
        "Examples:",
        "  tcescope rules new my-rule",
        "  tcescope rules new my-rule --dir my-rules",
      })
  int create(
      @Parameters(paramLabel = "NAME", description = "The rule's id: words joined by hyphens.")
          String name,
      @Option(
              names = "--dir",
              paramLabel = "DIR",
              defaultValue = ".",
              description = "The folder, made if it is not there. Default: this one.")
          Path folder)
      throws IOException {
    if (Rule.of(name).isPresent()) {
      throw new UsageException(
          name + " is a built-in rule (tcescope rules explain " + name + "): use another name");
    }
    try {
      RuleTemplate.write(folder, name).forEach(file -> out().println("wrote " + file));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    } catch (FileAlreadyExistsException e) {
      throw new UsageException(Trouble.named(e));
    }
    return 0;
  }
}
