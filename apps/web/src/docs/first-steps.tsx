import { RACE } from "../home/race";
import { paths } from "../paths";
import { Commands, Prose, TextLink } from "./prose";

/** The tutorial: from the race to one's own data. */
export function FirstSteps() {
  const [endToEnd, eachDigit] = RACE.pipelines;
  return (
    <Prose>
      <h2 id="race">1. Watch a race</h2>
      <p>
        On the <TextLink href={paths.gallery()}>first page</TextLink>, press “Run the 20-second race”. Two
        pipelines of <TextLink href={paths.problem(RACE.problem)}>digit sums</TextLink> train on the same{" "}
        {RACE.budget} pairs of handwritten digits, each from {RACE.seeds.length} seeds. One has no seam: a
        network from the image to the sum. The other cuts the image in two, reads each digit with one network,
        and adds.
      </p>
      <h2 id="read">2. Read the answer</h2>
      <p>
        Every dot is one training from one seed. The bars are 95 % intervals of the mean; the verdict compares
        the pipelines pair by pair, seed by seed, and says “undecided” where the data don’t decide, with the
        number of seeds that would. Nothing is hidden: a trial that failed or stands out has its dot too.
      </p>
      <h2 id="change">3. Move a seam</h2>
      <p>
        Open <TextLink href={paths.pipeline(eachDigit)}>the pipeline with the seam</TextLink> and change
        something: the number of filters, or the label that its network learns. Your first change makes a copy
        that is yours. Beside the canvas stands what would be trained, on which labels, and what it would
        cost; mistakes are pinned to the stage they belong to, and each says what to do.
      </p>
      <h2 id="compare">4. Compare over budgets</h2>
      <p>
        On the problem’s page, choose pipelines and press “Compare”. Three or more budgets show where the
        curves go: many decisions turn when there is more data. What pipelines share trains once, and what was
        trained before is not trained again. The same from a terminal, without a server:
      </p>
      <Commands>{`./seams compare ${endToEnd} ${eachDigit} \\
  --problem ${RACE.problem} --budgets 32,100,316 --seeds 5`}</Commands>
      <h2 id="own">5. Bring your own data</h2>
      <p>
        <TextLink href={paths.importData()}>Import</TextLink> a table, a zip of images or recordings, or
        arrays. You see what was understood, correct it, and only then it is stored. A label may be missing in
        any record: it is masked, never guessed. Columns that you mark as “between” input and target are where
        seams can go.
      </p>
      <h2 id="next">Then</h2>
      <ul>
        <li>
          <TextLink href={paths.whenDocs()}>When does it pay?</TextLink> What decides for or against seams,
          shared networks and borrowed weights.
        </li>
        <li>
          <TextLink href={paths.stageDocs()}>Stages</TextLink>: what pipelines are made of.
        </li>
        <li>
          <TextLink href={paths.diagnosticDocs()}>Diagnostics</TextLink>: every message, its cause and remedy.
        </li>
      </ul>
    </Prose>
  );
}
