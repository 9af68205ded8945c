import { useFacts } from '../../api/facts.ts';
import { Facts } from '../../ui/facts.tsx';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { formatBytes } from '../../ui/text/format.ts';
import { ShortId } from '../../ui/text/short-id.tsx';
import { MachineTabs } from './tabs.tsx';
import './machine.css';

/** Which engines work here, and whose keys are known. */
export function MachineView() {
  const doctor = useFacts('system.doctor', {});
  const keys = useFacts('bundles.keys', {});
  return (
    <PageBody>
      <PageHead
        title="About this machine"
        facts={doctor.data ? [`Holdfast ${doctor.data.holdfast}`, doctor.data.platform] : []}
      />
      <MachineTabs active="machine" />
      <div className="machine">
        <section className="stack" style={{ gap: 8 }}>
          <h2>Engines</h2>
          <Answer of={doctor} what="Looking at the engines">
            {(data) => (
              <DenseTable
                label="Engines"
                rows={data.engines}
                keyOf={(engine) => engine.id}
                columns={[
                  {
                    id: 'title',
                    title: 'Engine',
                    render: (engine) => <strong style={{ fontWeight: 500 }}>{engine.title}</strong>,
                  },
                  {
                    id: 'state',
                    title: 'State',
                    render: (engine) =>
                      engine.state === 'ready' ? (
                        <Seal tone="good" label="ready" />
                      ) : (
                        <Seal tone="warn" label="missing" />
                      ),
                  },
                  {
                    id: 'version',
                    title: 'Version',
                    render: (engine) => engine.version ?? <span className="faint">–</span>,
                  },
                  {
                    id: 'purpose',
                    title: 'Used for',
                    render: (engine) => <span title={engine.purpose}>{engine.purpose}</span>,
                  },
                  {
                    id: 'detail',
                    title: 'Detail',
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
                <h2>Here</h2>
              </header>
              <div className="body">
                <Facts
                  of={[
                    ['Holdfast', doctor.data.holdfast],
                    ['Node', doctor.data.node],
                    ['system', doctor.data.platform],
                    ['processor', doctor.data.cpu],
                    ['memory', formatBytes(doctor.data.memory)],
                    ['networks are trained with', doctor.data.training],
                    ['network', doctor.data.offline],
                  ]}
                />
              </div>
            </section>
          ) : null}
          <section className="panel">
            <header>
              <h2>Keys</h2>
            </header>
            <div className="body">
              <Answer of={keys} what="Reading the keys" lines={2}>
                {({ own, trusted }) => (
                  <Facts
                    of={[
                      [
                        'your key',
                        own ? (
                          <ShortId key="own" id={own.fingerprint} length={16} label="fingerprint" />
                        ) : (
                          'made when you first export'
                        ),
                      ],
                      ...trusted.map(
                        (signer) =>
                          [
                            signer.name ?? 'unnamed',
                            <ShortId
                              key={signer.fingerprint}
                              id={signer.fingerprint}
                              length={16}
                              label="fingerprint"
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
