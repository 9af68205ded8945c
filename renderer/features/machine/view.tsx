import { useFacts } from '../../api/facts.ts';
import { Facts } from '../../ui/facts.tsx';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { formatBytes } from '../../ui/text/format.ts';
import { Missing } from '../../ui/text/num.tsx';
import { ShortId } from '../../ui/text/short-id.tsx';
import { MachineTabs } from './tabs.tsx';
import { words } from './words.ts';
import './machine.css';

/** Which engines work here, and whose keys are known. */
export function MachineView() {
  const doctor = useFacts('system.doctor', {});
  const keys = useFacts('bundles.keys', {});
  return (
    <PageBody>
      <PageHead
        title={words.aboutMachine}
        facts={doctor.data ? [words.version(doctor.data.holdfast), doctor.data.platform] : []}
      />
      <MachineTabs active="machine" />
      <div className="machine">
        <section className="stack" style={{ gap: 8 }}>
          <h2>{words.engines.title}</h2>
          <Answer of={doctor} what={words.engines.looking}>
            {(data) => (
              <DenseTable
                label={words.engines.title}
                rows={data.engines}
                keyOf={(engine) => engine.id}
                columns={[
                  {
                    id: 'title',
                    title: words.engines.engine,
                    render: (engine) => <strong style={{ fontWeight: 500 }}>{engine.title}</strong>,
                  },
                  {
                    id: 'state',
                    title: words.engines.state,
                    render: (engine) =>
                      engine.state === 'ready' ? (
                        <Seal tone="good" label={words.engines.ready} />
                      ) : (
                        <Seal tone="warn" label={words.engines.missing} />
                      ),
                  },
                  {
                    id: 'version',
                    title: words.engines.version,
                    render: (engine) => engine.version ?? <Missing word={words.engines.none} />,
                  },
                  {
                    id: 'purpose',
                    title: words.engines.purpose,
                    render: (engine) => <span title={engine.purpose}>{engine.purpose}</span>,
                  },
                  {
                    id: 'detail',
                    title: words.engines.detail,
                    render: (engine) => (
                      <span className="dim" title={engine.detail}>
                        {engine.how ?? engine.detail}
                      </span>
                    ),
                  },
                ]}
              />
            )}
          </Answer>
        </section>
        <aside className="stack">
          {doctor.data ? (
            <section className="panel">
              <header>
                <h2>{words.here.title}</h2>
              </header>
              <div className="body">
                <Facts
                  of={[
                    [words.here.holdfast, doctor.data.holdfast],
                    [words.here.node, doctor.data.node],
                    [words.here.system, doctor.data.platform],
                    [words.here.processor, doctor.data.cpu],
                    [words.here.memory, formatBytes(doctor.data.memory)],
                    [words.here.training, doctor.data.training],
                    [words.here.network, words.here.offline],
                  ]}
                />
              </div>
            </section>
          ) : null}
          <section className="panel">
            <header>
              <h2>{words.keys.title}</h2>
            </header>
            <div className="body">
              <Answer of={keys} what={words.keys.reading} lines={2}>
                {({ own, trusted }) => (
                  <Facts
                    of={[
                      [
                        words.keys.own,
                        own ? (
                          <ShortId
                            key="own"
                            id={own.fingerprint}
                            length={16}
                            label={words.keys.fingerprint}
                          />
                        ) : (
                          words.keys.none
                        ),
                      ],
                      ...trusted.map(
                        (signer) =>
                          [
                            signer.name ?? words.keys.unnamed,
                            <ShortId
                              key={signer.fingerprint}
                              id={signer.fingerprint}
                              length={16}
                              label={words.keys.fingerprint}
                            />,
                          ] as const,
                      ),
                    ]}
                  />
                )}
              </Answer>
            </div>
          </section>
        </aside>
      </div>
    </PageBody>
  );
}
