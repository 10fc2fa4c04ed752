import { paths } from "../paths";
import { Prose, TextLink } from "./prose";

const ANCHORS = {
  a: paths.problem("anchor-a-composition"),
  b: paths.problem("anchor-b-lossy-seam"),
  c: paths.problem("anchor-c-crossover"),
  dRelated: paths.problem("anchor-d-related-80"),
  dUnrelated: paths.problem("anchor-d-unrelated-80"),
  e: paths.problem("anchor-e-target"),
  eUnrelated: paths.problem("anchor-e-unrelated"),
} as const;

/** When seams, shared networks and borrowed weights pay, shown on problems whose answer is known. */
export function WhenItPays() {
  return (
    <Prose>
      <p>
        None of these is good in general. Each has conditions, and the gallery’s anchors are problems built so
        that the answer is known beforehand: run them, and see whether Seams says it.
      </p>
      <h2 id="decomposition">Decomposition: more seams</h2>
      <p>
        A seam tells the network something that it would otherwise have to find out from the final labels
        alone. It pays while the parts are much easier to learn than the whole, and it costs labels of the
        intermediate step.
      </p>
      <ul>
        <li>
          <strong>The whole is a composition of easy parts.</strong> In{" "}
          <TextLink href={ANCHORS.a}>anchor A</TextLink> no single glyph says anything about the answer; the
          network without a seam has to see most combinations, the network that reads one glyph has to see
          five classes. The pipeline with the seam wins at every budget.
        </li>
        <li>
          <strong>The seam lets enough through.</strong> In <TextLink href={ANCHORS.b}>anchor B</TextLink>{" "}
          eight answers have to pass a seam of four levels: at best every other answer can be right. With few
          examples nobody notices; with many, end to end is far ahead.
        </li>
        <li>
          <strong>The rule behind the seam is right.</strong> In{" "}
          <TextLink href={ANCHORS.c}>anchor C</TextLink> the rule misses a third input. An incomplete rule is
          still better than none while examples are few, and worse once a network could learn the complete
          one: the curves cross.
        </li>
        <li>
          <strong>The labels are worth their price.</strong> Look at quality against what all labels cost, not
          only against the number of examples: the pipeline with seams is charged for its intermediate labels.
        </li>
      </ul>
      <h2 id="multi-task">Multi-task: one trunk, several answers</h2>
      <p>
        Tasks that share a network lend each other their examples. That helps when they need the same
        features, and when no task drowns the others.
      </p>
      <ul>
        <li>
          <strong>Related tasks, labels missing.</strong> In{" "}
          <TextLink href={ANCHORS.dRelated}>anchor D</TextLink> six questions depend on the same hidden
          features, and most answers are missing. Missing answers are masked: a record counts for the
          questions that it has answers for. Leaving incomplete records out instead leaves hardly any.
        </li>
        <li>
          <strong>Unrelated tasks.</strong> In{" "}
          <TextLink href={ANCHORS.dUnrelated}>its unrelated variant</TextLink> each question has features of
          its own. There is nothing to lend, and a trunk that is too small for all of them makes each worse.
        </li>
        <li>
          <strong>Balance.</strong> Where one task has over ten times the labels of another, expect the small
          one to be served better by a network that learned the large one first.
        </li>
      </ul>
      <h2 id="transfer">Transfer: weights from elsewhere</h2>
      <p>
        A network that learned A can start B ahead when B’s inputs have the same form, when A had many more
        examples than B has, and when what A’s early layers see is of use for B. The gain is largest while B
        is small, and is gone once B has enough of its own. A whose data are of another form cannot start B at
        all; A that is smaller than B, or about something else, is expected to bring nothing or to harm. A
        stage starts from trained weights where its param <code>start</code> names an artifact;{" "}
        <code>./seams train --json</code> prints the one of each stage. In{" "}
        <TextLink href={ANCHORS.e}>anchor E</TextLink> B is a question about features that A has learned; its{" "}
        <TextLink href={ANCHORS.eUnrelated}>unrelated variant</TextLink> asks about others, where starting
        from A harms.
      </p>
      <h2 id="links">What a stage learns from, across a seam</h2>
      <p>A link into a learned stage says what it is given while it trains:</p>
      <ul>
        <li>
          <code>label</code>: the true value. Cheap; but when the stage before it errs, it meets inputs that
          it has never seen.
        </li>
        <li>
          <code>predicted</code>: what the stage before it says about the rows that stage was trained on. Too
          good to be true of new rows.
        </li>
        <li>
          <code>cross-fitted</code>: what a copy of the stage before it says about rows that the copy has not
          seen. Honest, and several times the work.
        </li>
        <li>
          <code>joint</code>: both stages train together, through the link. Only where a gradient can pass;
          Seams refuses it elsewhere and names the stage in the way.
        </li>
      </ul>
      <h2 id="measuring">How sure a comparison is</h2>
      <ul>
        <li>
          Pipelines meet on the same rows, the same seeds, and the same test records that nobody trained on.
        </li>
        <li>
          A larger budget contains the smaller one, and early stopping holds its records back from the budget
          itself.
        </li>
        <li>
          Differences are taken seed by seed, with a 95 % interval from Student’s t, and corrected by Holm for
          the number of comparisons. Under six seeds an exact test cannot reach the usual 5 %; the page says
          so.
        </li>
        <li>The answer holds for these data, these labels and these networks. Another budget may turn it.</li>
      </ul>
    </Prose>
  );
}
