"""Mean-field statement of the model: masses of people and firms in place of agents, one step per quarter.

It is the prototype from which the equations in docs/equations.md and many default values were taken, and
crates/economics/tests/reference compares the engine's equations with it. Model(**overrides).step() advances a quarter;
DEFAULT lists every constant. Needs numpy alone. Read it for what the equations mean, not for its style.

Masses of people are in kp (thousand persons), land in km2, money in units of the initial farm income per person and
quarter. Food clears every quarter at price pA (clear_food=True); with clear_food=False food is the numeraire at price 1.
Sectors: 0=L labour-intensive manufacturing, 1=K capital-intensive manufacturing, 2=S producer services; C is handled
apart.
"""
import numpy as np
L, K, S = 0, 1, 2

DEFAULT = dict(
    R=10, seed=0, ncentral=1, centre_pop=1500., gen_pop=400., gen_sd=.55, rural_pop=15000., near_symmetric=False,
    # preferences (supernumerary shares; sum to 1) and subsistence food
    mu=dict(A=.10, L=.28, K=.30, C=.16, H=.16), abar=.62,
    sigma=np.array([6., 5., 4.]), sigC=5.,
    # cost shares [labour, land, capital, producer services]
    a=np.array([[.65, .13, .12, .10], [.33, .03, .46, .18], [.60, .05, .35, 0.]]), rK=1.0, rK_index=1.0,
    aC=np.array([.88, .12]), fC=1.6, hhC=2.0, zC=1.25,
    # agglomeration: A=(1+E/E0)^m (1+N/N0)^j G^g
    m=np.array([.072, .03, .03]), j=np.array([.005, .045, .05]), g=np.array([.04, .10, .08]), E0=20., N0=200., nv=20,
    # trade: tau = exp(t d/100km) * (1+b) off-diagonal
    t=np.array([.25, .13, .18]), b=np.array([.13, .13, .13]), tau_h=1.32, dist_scale=1.0,
    # congestion: effective labour = exp(-k1 (N/H/d0)^g1 - k2 (H/H0)^.5)
    k1=.085, g1=1.5, k2=.03, d0=10., H0=100.,
    # labour, land price adjustment
    eta_w=.15, eta_q=.25, wcap=.04,
    # firms
    f=np.array([1., 1., 1.]), delta=.02, eps_x=2., spd=np.array([1., .3, .3]), eps_e=2., beta_f=.3, theta_f=.8, mut=.005, site_T=.05, nT0=.005, rel=.02, c_rel=.03,
    # migration
    dF=.025, dM=.06, dC=.01, beta=3.2, vth=.62, m0=.14, m1=.10, nu=.09, M0=20., cU=.20, c_ret=.05, v_rural=-.35,
    # hukou
    zeta=.35, zeta_c=.25, pen=.30, kh=.25, kh_c=.25, Tc=8., Tg=5., quota_c=.004, quota_g=.008, remit=.25, c_land=.10, hM=.5, exit_home=.6,
    # public services
    ty=.10, th_l=.4, b_amen=.12, nuG=3., chi=.9, I0=.9, G_rural=.4, Q=None, Qsd=0.15, spend_mult=None,
    # agriculture / land
    gA=.004, bT=.55, bL=.45, cons=.10, ar_pc=2.7, hs=.15, q_T=.6, g_plan=.002, transfer=False, rec=.85, pq=8., res_pc=.05,
    prem=.40,
    # policy
    sub_T=0., sub_M=0., grant=0., grant_h=20., pol_start=10**9, pol_end=10**9, sub_park=None, budget=0.,
    # switches
    mig=True, firm_mig=True, clear_food=True, outside_wage=False, footloose=False, towns=True, land=True, serv_C=True,
)


class Model:
    def __init__(self, coords=None, N0city=None, F0=None, **kw):
        p = {k: (v.copy() if hasattr(v, 'copy') else v) for k, v in DEFAULT.items()}
        for k in kw:
            assert k in p, k
        p.update(kw); self.p = p; self.__dict__.update({'P_' + k: v for k, v in p.items()})
        R = p['R']; rng = self.rng = np.random.default_rng(p['seed'])
        nc = p['ncentral']
        if coords is None:
            ang = np.sort(rng.uniform(0, 2 * np.pi, R)); rad = rng.uniform(60, 150, R)
            coords = np.c_[rad * np.cos(ang), rad * np.sin(ang)]
            if nc == 1: coords[0] = 0
            else: coords[:nc] = np.c_[np.linspace(-60, 60, nc), np.zeros(nc)]
        self.xy = coords
        self.d = np.hypot(*(coords[:, None] - coords[None]).transpose(2, 0, 1)) * p['dist_scale']
        if N0city is None:
            if p['near_symmetric']:
                N0city = 550 * np.exp(.05 * rng.standard_normal(R))
            else:
                N0city = np.clip(p['gen_pop'] * np.exp(p['gen_sd'] * rng.standard_normal(R) - p['gen_sd'] ** 2 / 2), 90, 900); N0city[:nc] = p['centre_pop']
        self.C = np.array(N0city, float)
        if F0 is None:
            F0 = np.full(R, p['rural_pop'] / R) * np.exp(.1 * rng.standard_normal(R))
        self.F = np.array(F0, float); self.M = np.zeros((R, R))
        self.Hc = self.C / p['d0']                        # construction land at standard density
        self.Ar = p['ar_pc'] * self.F; self.Ar0 = self.Ar.copy(); self.F00 = self.F.copy()
        self.home = p['hs'] * self.F; self.reserve = p['res_pc'] * self.Ar; self.waste = np.zeros(R)
        self.zv = np.full(R, p['zeta'], float); self.zv[:nc] = p['zeta_c']; self.khv = np.full(R, p['kh'], float); self.khv[:nc] = p['kh_c']; self.quota_pay = np.zeros(R); self.grant_in = np.zeros(R)
        self.land0 = (self.Ar + self.Hc + self.home + self.reserve).sum()
        self.pool = 0.0; self.pool_o = np.zeros(R)
        self.Q = np.exp(p['Qsd'] * rng.standard_normal(R)) if p['Q'] is None else np.array(p['Q'], float) * np.ones(R)
        if p['Q'] is None and not p['near_symmetric']: self.Q[:nc] = np.maximum(self.Q[:nc], 1.0)
        self.spend_mult = np.ones(R) if p['spend_mult'] is None else np.array(p['spend_mult'], float)
        self.n = np.outer(np.array([1., 1., .5]), self.C) * .15; self.nT = p['nT0'] * self.F * (1 if p['towns'] else 0); self.nC = np.floor(self.C / 250)
        if not p['serv_C']: self.nC[:] = 0
        if p['mu']['K'] == 0: self.n[K] = 0
        if p['a'][:, 3].max() == 0: self.n[S] = 0
        self.w = np.full(R, 2.); self.q = np.full(R, 6.); self.h = np.ones(R)
        self.Yc = 2.5 * self.C; self.Yf = self.F * 1.0; self.yF = np.ones(R)
        self.wT = np.ones(R) * (1 + p['prem']); self.ET = .1 * self.nT
        self.Ek = np.zeros((3, R)); self.spend = .5 * self.C; self.G = np.ones(R); self.GT = .0
        self.Atfp = None; self.t = 0; self.hist = []; self.cum_conv = 0.; self.quota_rev = np.zeros(R); self.cost_pol = 0.
        self.sub_park = np.zeros((3, R)) if p['sub_park'] is None else p['sub_park']

    # ------------------------------------------------------------------
    def trade(self):
        p = self.p; R = p['R']; off = 1 - np.eye(R)
        tau = [np.exp(p['t'][k] * self.d / 100) * (1 + p['b'][k] * off) for k in range(3)]
        return [tau[k] ** (1 - p['sigma'][k]) for k in range(3)]       # phi

    def step(self, burn=False):
        p = self.p; R = p['R']; sg = p['sigma']; a = p['a']; mu = p['mu']
        N = self.C + self.M.sum(0); Ns = np.maximum(N, 1e-9)
        phi = self.trade()
        # 1 public services: CES of per-capita (congestible) input and quality
        I = np.maximum(self.spend * self.spend_mult, 1e-9) / Ns ** p['chi'] / p['I0']
        nu = p['nuG']; self.I = I
        self.G = (.5 * I ** -nu + .5 * self.Q ** -nu) ** (-1 / nu) if p['g'].max() > 0 or p['b_amen'] > 0 else np.ones(R)
        # 2 productivity, effective labour
        A = np.array([(1 + self.Ek[k] / p['E0']) ** p['m'][k] * (1 + N / p['N0']) ** p['j'][k] * self.G ** p['g'][k] for k in range(3)])
        self.A = A
        ell = np.exp(-p['k1'] * (Ns / self.Hc / p['d0']) ** p['g1'] - p['k2'] * np.sqrt(self.Hc / p['H0'])) if p['land'] else np.exp(-p['k1'] * (Ns / p['d0']) ** p['g1'])
        self.ell = ell; LS = Ns * ell
        # 3 costs and prices; capital rental indexed to the regional mean wage (keeps the model homogeneous in the price level)
        w, q = self.w, self.q
        wbar = (w * N).sum() / max(N.sum(), 1e-9)
        if burn or not hasattr(self, 'wbar0'): self.wbar0 = wbar
        rK = p['rK'] * (wbar / self.wbar0) ** p['rK_index']
        cS = w ** a[S, 0] * q ** a[S, 1] * rK ** a[S, 2] / A[S]
        pS = cS * sg[S] / (sg[S] - 1)
        GSs = phi[S].T @ (self.n[S] * pS ** (1 - sg[S]))
        GS = GSs ** (1 / (1 - sg[S])) if GSs.min() > 0 else np.ones(R)
        c = np.empty((3, R)); c[S] = cS
        for k in (L, K):
            c[k] = w ** a[k, 0] * q ** a[k, 1] * rK ** a[k, 2] * GS ** a[k, 3] / A[k]
        pr = c * (sg / (sg - 1))[:, None] * (1 - self.sub_park)
        on = p['towns']
        if on:
            eT = self.ET / p['nv']
            AT = (1 + eT / p['E0']) ** p['m'][L] * (1 + eT / p['N0']) ** p['j'][L] * p['G_rural'] ** p['g'][L]
            sT = p['sub_T'] if (p['pol_start'] <= self.t < p['pol_end']) else 0.
            cT = self.wT ** a[L, 0] * p['q_T'] ** a[L, 1] * rK ** a[L, 2] * (GS * p['tau_h']) ** a[L, 3] / AT
            pT = cT * (1 - sT) * sg[L] / (sg[L] - 1); phT = phi[L] * p['tau_h'] ** (1 - sg[L])
        # 4 goods markets (expenditure from last quarter's income)
        ren = 1 / max(1e-12, 1 - mu['C'] - mu['H'])
        if not hasattr(self,'pA'): self.pA=1.0
        if p['clear_food'] and hasattr(self,'YA'):
            X=self.YA.sum(); ab0=p['abar']; mA=mu['A']
            den = X - ab0*(N.sum()+self.F.sum()) + mA*ab0*N.sum() + mA*ren*ab0*self.F.sum()
            self.pA = mA*(self.Yc.sum()+ren*self.Yf.sum())/max(den,.02*X)
        pab = self.pA*p['abar']
        Sc = np.maximum(self.Yc - pab * N, 1e-6 * self.Yc); Sf = np.maximum(self.Yf - pab * self.F, 0)
        self.Sc = Sc
        # migrants spend only hM of the housing share; the rest goes to the other goods in proportion (no leak)
        Mr = self.M.sum(0) / Ns; spare = mu['H'] * Sc * (1 - p['hM']) * Mr if p['land'] else 0 * Sc; up = 1 + spare / np.maximum(Sc, 1e-12) / max(1 - mu['H'], 1e-9)
        Scu = Sc * up
        E = {L: mu['L'] * (Scu + ren * Sf), K: mu['K'] * (Scu + ren * Sf)}
        rev = np.zeros((3, R)); Gx = np.ones((3, R))
        for k in (L, K):
            Gs = phi[k].T @ (self.n[k] * pr[k] ** (1 - sg[k]))
            if k == L and on: Gs = Gs + phT.T @ (self.nT * pT ** (1 - sg[L]))
            if Gs.min() <= 0: continue
            Gx[k] = Gs ** (1 / (1 - sg[k]))
            rev[k] = pr[k] ** (1 - sg[k]) * (phi[k] @ (E[k] / Gs))
            if k == L and on: revT = pT ** (1 - sg[L]) * (phT @ (E[L] / Gs))
        self.Gx = Gx; self.c = c
        # producer cost = rev (s-1)/s + f c   (subsidy: seller gets rev/(1-sub))
        rv = rev / (1 - self.sub_park)
        cost = np.zeros((3, R)); fc = 0. if p['footloose'] else 1.
        for k in (L, K): cost[k] = self.n[k] * (rv[k] * (sg[k] - 1) / sg[k] + fc * p['f'][k] * c[k])
        costT = self.nT * (revT / (1 - sT) * (sg[L] - 1) / sg[L] + p['f'][L] * cT) if on else np.zeros(R)
        subsidy = (self.n * (rv - rev)).sum() + ((self.nT * revT * (1 / (1 - sT) - 1)).sum() if on else 0)
        ES = a[L, 3] * cost[L] + a[K, 3] * cost[K] + a[L, 3] * costT
        if GSs.min() > 0 and ES.sum() > 0:
            rev[S] = pS ** (1 - sg[S]) * (phi[S] @ (ES / GSs)); rv[S] = rev[S]
            cost[S] = self.n[S] * (rev[S] * (sg[S] - 1) / sg[S] + p['f'][S] * c[S])
        fcst = p['f'][:, None] * c
        prof = rv / (sg[:, None] * fcst) - 1
        if p['footloose']: prof[L] = rv[L] / sg[L]; prof[L] = prof[L] / max(1e-12, (self.n[L] * prof[L]).sum() / self.n[L].sum()) - 1
        self.prof = prof
        profT = revT / (1 - sT) / (sg[L] * p['f'][L] * cT) - 1 if on else np.zeros(R)
        # consumer services: indivisible establishments + informal fringe
        sc = p['sigC']; LC = np.zeros(R); Einf = np.zeros(R); landC = np.zeros(R); lnGC = np.zeros(R); modern = np.zeros(R)
        if p['serv_C']:
            cC = w ** p['aC'][0] * q ** p['aC'][1]; pC = cC * sc / (sc - 1); pH = w * p['zC']
            EC = mu['C'] * Scu; hv = p['hhC'] * pH ** (1 - sc); x = pC ** (1 - sc)
            den = self.nC * x + hv; modern = self.nC * x / den; Einf = (1 - modern) * EC
            costC = modern * EC * (sc - 1) / sc + self.nC * p['fC'] * cC
            LC = (p['aC'][0] * costC + Einf) / w; landC = p['aC'][1] * costC
            lnGC = np.log(den) / (1 - sc)
            prC_next = EC * x / ((self.nC + 1) * x + hv) / sc - p['fC'] * cC
            prC_now = EC * x / den / sc - p['fC'] * cC
            profC = modern * EC - costC
        else:
            profC = 0.
        self.modern = modern
        # 5 factor markets
        Ek = a[:, :1] * cost / w / ell                   # persons
        LD = (a[:, :1] * cost / w).sum(0) + LC
        self.Ek = Ek / np.maximum(self.h, .2) if False else Ek
        if p['outside_wage']:
            h = np.ones(R); self.w = np.ones(R)
        else:
            h = LD / LS
        self.h = h; self.LC = LC / ell
        spH = mu['H'] * Sc * ((self.C + p['hM'] * self.M.sum(0)) / Ns) if p['land'] else np.zeros(R)
        landexp = spH + (a[:, 1:2] * cost).sum(0) + landC
        # 6 incomes
        wage = w * LS * h if not p['outside_wage'] else N * 1.0
        capinc = (a[:, 2] * cost.sum(1)).sum() + a[L, 2] * costT.sum() + (rv * self.n).sum() - cost.sum() + np.sum(profC) + ((self.nT * revT / (1 - sT) - costT).sum() if on else 0)
        rents = landexp
        Nurb = N.sum()
        own = self.C / self.C.sum() if self.C.sum() > 0 else 1 / R
        tax_pol = subsidy + self.cost_pol
        tp = tax_pol / max(1e-9, wage.sum())
        mw = self.M * (w * ell * h)[None, :]              # wage income of migrants by origin,dest
        remit = p['remit'] * mw.sum(1)
        Yc = wage * (1 - tp) + rents + own * capinc - p['remit'] * mw.sum(0) - self.quota_pay
        Yc = Yc + (p['sub_M'] * self.M.sum(0) if p['pol_start'] <= self.t < p['pol_end'] else 0) + self.grant_in; self.grant_in = np.zeros(R)
        # government spending = taxes + land finance; spent on the same basket (no demand effect)
        self.spend = p['ty'] * wage + p['th_l'] * rents
        # farm
        if self.Atfp is None: self.Atfp = 1.0; self.Fbase = self.F.copy()
        if on:
            ETd = a[L, 0] * costT / self.wT; self.ET = np.minimum(ETd, .6 * self.F); hT = self.ET / np.maximum(ETd, 1e-12)
        else: self.ET = np.zeros(R)
        Fl = np.maximum(self.F - self.ET, 1e-9)
        if p['bL'] > 0:
            YA = self.Fbase * self.Atfp * (self.Ar / self.Ar0) ** p['bT'] * (Fl / self.Fbase) ** p['bL'] * ((self.Ar / Fl) / (self.Ar0 / self.F00)) ** p['cons']
        else: YA = self.Fbase.copy()
        YA = np.where(self.F > 0, YA, 0)
        TVE = (a[L, 0] + a[L, 1]) * costT
        Yf = self.pA*YA + TVE + remit + self.quota_rev
        self.YA = YA; self.farm_only = self.pA*YA / Fl
        lag = .5 if burn else 1.0
        self.Yc = (1 - lag) * self.Yc + lag * Yc; self.Yf = (1 - lag) * self.Yf + lag * Yf
        self.yF = self.Yf / np.maximum(self.F, 1e-9)
        # wages, rents
        if not p['outside_wage']:
            self.w = w * np.exp(np.clip(p['eta_w'] * np.log(np.maximum(h, 1e-6)), -p['wcap'], p['wcap']))
        if p['land']: self.q = q * np.exp(np.clip(p['eta_q'] * np.log(landexp / self.Hc / q), -.1, .1))
        if on: self.wT = (1 + p['prem']) * self.farm_only
        # utilities
        y = w * ell * h; self.y = y
        rent_pc = (1 - p['th_l']) * rents / np.maximum(self.C, 1e-9) if p['land'] else 0
        rent_pc = np.minimum(rent_pc, .5 * y) if p['ty'] > 0 else rent_pc
        cap_pc = capinc / max(self.C.sum(), 1e-9)
        if p['outside_wage']: y = np.ones(R)
        ycit = y * (1 - p['ty'] - tp) + rent_pc + cap_pc
        lnP = mu['L'] * np.log(Gx[L]) + mu['K'] * np.log(Gx[K]) + mu['C'] * lnGC + (mu['H'] * np.log(self.q) if p['land'] else 0)
        lnPF = ren * (mu['L'] * np.log(Gx[L] * p['tau_h']) + mu['K'] * np.log(Gx[K] * p['tau_h']))
        ab = self.pA*p['abar']; lg = lambda z: np.log(np.maximum(z - ab, .02 * np.maximum(z, 1e-9)))
        vC = lg(ycit) - mu['A']*np.log(self.pA) - lnP + p['b_amen'] * np.log(self.G)
        vF = lg(self.yF) - ren*mu['A']*np.log(self.pA) - lnPF + p['b_amen'] * np.log(p['G_rural']) + p['v_rural']
        zz = self.zv
        sM = p['sub_M'] if (p['pol_start'] <= self.t < p['pol_end']) else 0.
        ym = y * (1 - p['ty'] - tp) + sM
        vM = (lg(ym) - mu['A']*np.log(self.pA) - (1 - p['remit']) * lnP + p['b_amen'] * np.log(p['G_rural'] + zz * np.maximum(self.G - p['G_rural'], 0)) - p['pen'] * (1 - zz))[None, :] - p['remit'] * lnPF[:, None]
        self.vC, self.vF, self.vM, self.lnP, self.lnPF = vC, vF, vM, lnP, lnPF
        self.realinc = (self.Yc.sum() , self.Yf.sum())
        # real income index: tradables + urban housing deflator relative to the start
        if burn or not hasattr(self, 'q0'): self.q0 = (self.q * N).sum() / N.sum()
        tr = mu['L'] * np.log(Gx[L]) + mu['K'] * np.log(Gx[K])
        trF = tr + (mu['L'] + mu['K']) * np.log(p['tau_h'])
        dU = tr + mu['H'] * np.log(self.q / self.q0)
        self.rU = (Yc * np.exp(-dU)).sum(); self.rF = (Yf * np.exp(-trF)).sum(); self.rFpc = (Yf * np.exp(-trF)).sum() / max(self.F.sum(), 1e-9)
        # real consumption at base prices (quantity index; base prices = end of burn-in)
        lT = np.log(p['tau_h'])
        qA = self.YA.sum(); qL = (mu['L'] * (Scu + ren * Sf / p['tau_h']) / Gx[L]).sum(); qK = (mu['K'] * (Scu + ren * Sf / p['tau_h']) / Gx[K]).sum()
        qC = (mu['C'] * Scu * np.exp(-lnGC)).sum(); qH = (spH / self.q).sum()
        if burn or not hasattr(self, 'base'):
            self.base = (E[L].sum() / max(qL, 1e-12), E[K].sum() / max(qK, 1e-12), mu['C'] * Scu.sum() / max(qC, 1e-12), spH.sum() / max(qH, 1e-12))
        self.gdp = qA + qL * self.base[0] + qK * self.base[1] + qC * self.base[2] + qH * self.base[3]; self.gdp_parts = (qA, qL * self.base[0], qK * self.base[1], qC * self.base[2], qH * self.base[3])
        # 7 firms
        if p['firm_mig']: self.firms(prof, profT, burn)
        if p['serv_C']:
            up = (prC_next > 0); dn = (prC_now < -.02 * p['fC']) & (self.nC > 0)
            stepn = np.maximum(1, np.floor(.02 * self.nC))
            self.nC = np.maximum(0, self.nC + up * stepn - dn * stepn)
        # 8 people, land
        conv = np.zeros(R); self.cost_pol = 0.; self.quota_rev = np.zeros(R); self.quota_pay = np.zeros(R)
        if p['mig'] and not burn:
            conv = self.people(vC, vF, vM)
            if sM: self.cost_pol += sM * self.M.sum()
        if not burn:
            self.t += 1; self.Atfp *= 1 + p['gA']; self.landmkt(conv)
        self.subsidy_paid = subsidy + self.cost_pol
        self.conv = conv; self.N = self.C + self.M.sum(0)

    def firms(self, prof, profT, burn):
        p = self.p; R = p['R']
        for k in range(3):
            n = self.n[k]
            if n.sum() <= 0: continue
            pi = prof[k]; on = p['towns'] and k == L
            if on: nn = np.r_[n, self.nT]; pi = np.r_[pi, profT]
            else: nn = n
            tot = nn.sum(); mb = (pi * nn).sum() / tot
            if burn:                                      # planned start: locations fixed, only totals adjust
                nn = nn * np.exp(np.clip(.1 * mb, -.1, .1))
            else:
                Nn = self.C + self.M.sum(0); sz = np.r_[Nn, p['site_T'] * self.F] if on else Nn      # site counts (McFadden size term)
                W = nn ** p['theta_f'] * sz ** (1 - p['theta_f']); W = (1 - p['mut']) * W / W.sum() + p['mut'] * sz / sz.sum()
                pc = np.clip(pi, -1, 1.5)
                if p['delta'] > 0:
                    exitr = np.clip(p['delta'] * p['spd'][k] * np.exp(-p['eps_x'] * pc), 0, .25)
                    e = W * np.exp(np.minimum(p['beta_f'] * (pc - mb), 20)); entry = tot * p['delta'] * p['spd'][k] * np.exp(np.clip(p['eps_e'] * mb, -2, 2)) * e / e.sum()
                else: exitr = 0; entry = 0
                # pairwise-logit relocation
                D = p['beta_f'] * (pc[None, :] - pc[:, None] - p['c_rel'])
                mv = p['rel'] * nn[:, None] * W[None, :] / (1 + np.exp(-np.clip(D, -40, 40))); np.fill_diagonal(mv, 0)
                nn = nn * (1 - exitr) + entry + mv.sum(0) - mv.sum(1)
            self.n[k] = nn[:R]
            if on: self.nT = nn[R:]

    def people(self, vC, vF, vM):
        p = self.p; R = p['R']; be = p['beta']
        lam = lambda x: 1 / (1 + np.exp(-np.clip(x, -40, 40)))
        N = self.C + self.M.sum(0); W = N ** p['vth']; W = W / W.sum()
        mc = p['m0'] + p['m1'] * self.d / 100 + self.khv[None, :]
        net = p['nu'] * np.log1p(self.M / p['M0'])
        Vm = vM + net - mc
        gr = p['grant'] if p['pol_start'] <= self.t < p['pol_end'] else 0.
        if gr: Vm = Vm + (gr / (p['grant_h'] * np.maximum(self.y - p['abar'], .2)))[None, :]
        dF = np.zeros(R); dM = np.zeros((R, R)); conv = np.zeros(R)
        if self.F.sum() > 0 and p['dF'] > 0:
            go = p['dF'] * self.F[:, None] * W[None, :] * lam(be * (Vm - vF[:, None]))
            dM += go; dF -= go.sum(1); self.arrivals = go.sum(0)
            if gr: self.grant_in = gr * go.sum(0); self.cost_pol += gr * go.sum()
            half = .5 * p['dM'] * self.M
            ret = half * lam(be * (vF[:, None] - p['c_ret'] - vM - net))
            dM -= ret; dF += ret.sum(1)
            # migrants switch city
            for o in range(R):
                G = Vm[o]; sw = half[o][:, None] * W[None, :] * lam(be * (G[None, :] - (vM[o] + net[o])[:, None])); np.fill_diagonal(sw, 0)
                dM[o] += sw.sum(0) - sw.sum(1)
            # settlement
            T = np.full(R, p['Tg']); T[:p['ncentral']] = p['Tc']; qu = np.full(R, p['quota_g']); qu[:p['ncentral']] = p['quota_c']
            want = self.M / (4 * T)[None, :] * lam(be * (vC[None, :] - vM - p['c_land']))
            cap = np.minimum(1, qu * self.C / 4 / np.maximum(want.sum(0), 1e-12)) if np.all(np.isfinite(qu)) else 1.
            cv = want * cap; dM -= cv; self.C = self.C + cv.sum(0); conv = cv.sum(1); self.cum_conv += cv.sum()
        if p['dC'] > 0:
            sw = p['dC'] * self.C[:, None] * W[None, :] * lam(be * (vC[None, :] - vC[:, None] - p['cU'])); np.fill_diagonal(sw, 0)
            self.C = self.C + sw.sum(0) - sw.sum(1)
        self.M = np.maximum(self.M + dM, 0); self.F = self.F + dF
        return conv

    def landmkt(self, conv):
        p = self.p
        if not p['land'] or self.F.sum() == 0: return
        freed = np.minimum(p['hs'] * conv * p['exit_home'], self.home)
        if p['transfer']:
            self.home -= freed; self.Ar += p['rec'] * freed; self.waste += (1 - p['rec']) * freed
            self.pool_o += p['rec'] * freed; pool = self.pool_o.sum()
            use = .25 * pool; sh = self.q ** 2 * self.Hc; sh = sh / sh.sum()
            dH = np.minimum(use * sh, .01 * self.Hc); dH = np.minimum(dH, .02 * self.Ar); u = dH.sum()
            self.Hc += dH; self.Ar -= dH
            if pool > 0:
                src = self.pool_o / pool * u; self.pool_o -= src; price = p['pq'] * (self.q * dH).sum() / max(u, 1e-12); self.quota_rev = price * src; self.quota_pay = price * dH
        # plan quota, offset by reclaiming reserve land (zhan-bu balance)
        dH = np.minimum(p['g_plan'] * self.Hc, self.reserve * .02); self.Hc += dH; self.Ar -= dH; self.Ar += dH; self.reserve -= dH

    def burnin(self, n=300):
        self.N0share = self.C / self.C.sum()
        self.t = -1                                       # policies dated t>=0 are off during burn-in
        for _ in range(n): self.step(burn=True)
        self.t = 0
        self.n = self.n.copy()

    def record(self):
        N = self.C + self.M.sum(0)
        eL = np.r_[self.Ek[L], self.ET]
        P = self.p
        Pop = N.sum() + self.F.sum()
        return dict(t=self.t, N=N.copy(), C=self.C.copy(), F=self.F.copy(), Mtot=self.M.sum(), E=self.Ek.copy(), ET=self.ET.copy(), LC=self.LC.copy(), modern=self.modern.copy(),
                    w=self.w.copy(), y=self.y.copy(), q=self.q.copy(), h=self.h.copy(), H=self.Hc.copy(), Ar=self.Ar.sum(), home=self.home.sum(), n=self.n.copy(), nT=self.nT.copy(), prof=self.prof.copy(),
                    urb=N.sum() / Pop, regurb=self.C.sum() / Pop, yF=self.yF.copy(), Yc=self.Yc.copy(), Yf=self.Yf.copy(), G=self.G.copy(), I=self.I.copy(), conv=self.cum_conv, lnP=self.lnP.copy(), lnPF=self.lnPF.copy(),
                    real=(np.exp(-self.lnP) * self.Yc).sum() , vC=self.vC.copy(), vF=self.vF.copy(), pol=self.subsidy_paid, nC=self.nC.copy(), realF=(np.exp(-self.lnPF) * self.Yf).sum(), farm=self.farm_only.copy(), rU=self.rU, rF=self.rF, rFpc=self.rFpc, gdp=self.gdp, spend=self.spend.copy(), parts=self.gdp_parts, YA=self.YA.sum())

    def run(self, T=240, burn=300):
        self.burnin(burn)
        for _ in range(T):
            self.step(); self.hist.append(self.record())
        return self

    def series(self, f):
        return np.array([f(r) for r in self.hist])
