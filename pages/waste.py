from views import page

v = page.visit()
page.bar(v)
page.head(v, "waste", v.w("site.nav.waste"), v.w("site.description"))
page.foot(v)
