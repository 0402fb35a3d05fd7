package io.tcescope.cli;

import io.tcescope.cli.script.JudgeCommand;
import io.tcescope.cli.script.ReplCommand;
import io.tcescope.cli.script.RulesCommand;
import io.tcescope.cli.script.RunScriptCommand;
import io.tcescope.cli.search.IndexCommand;
import io.tcescope.cli.search.SearchCommand;
import java.util.List;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands, in the order of the help. Only one that a command line names is built; of the
 * others their entry in the help is enough. To build them all would take longer than all else that
 * happens at a start.
 */
final class Subcommands {
  private static final List<Class<?>> ALL =
      List.of(
          CheckCommand.class,
          WhyCommand.class,
          ReportCommand.class,
          CompareCommand.class,
          StateCommand.class,
          AddrCommand.class,
          TimelineCommand.class,
          RunScriptCommand.class,
          ReplCommand.class,
          RulesCommand.class,
          DoctorCommand.class,
          ShrinkCommand.class,
          ExportCommand.class,
          IndexCommand.class,
          SearchCommand.class,
          JudgeCommand.class,
          GenerateCompletion.class);

  private Subcommands() {}

  /** Adds all commands to the root, ready to run those that the arguments name. */
  static void addTo(CommandLine root, String... arguments) {
    List<String> words = List.of(arguments);
    boolean all = words.contains(nameOf(GenerateCompletion.class));
    for (Class<?> command : ALL) {
      String name = nameOf(command);
      root.addSubcommand(name, all || words.contains(name) ? command : entryOf(command));
    }
  }

  private static String nameOf(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  private static CommandSpec entryOf(Class<?> command) {
    Command facts = command.getAnnotation(Command.class);
    CommandSpec entry = CommandSpec.create();
    entry.usageMessage().description(facts.description()).hidden(facts.hidden());
    return entry;
  }
}
